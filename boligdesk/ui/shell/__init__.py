"""The frame around the pages: top bar, navigation, saving, shortcuts, help."""
