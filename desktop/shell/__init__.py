"""The window around the pages: menus, dialogs, what was dropped, and how it closes."""
