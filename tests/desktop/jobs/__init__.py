"""Ten jobs that people come with, done on a virtual screen by a real mouse and a real keyboard."""
