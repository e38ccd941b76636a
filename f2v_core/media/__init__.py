"""Reading and writing pictures and videos: the only package that imports cv2, PIL and av."""
