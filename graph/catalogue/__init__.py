"""What a release tells portals of itself: DCAT, VoID and Croissant, made from its store and its dumps."""
