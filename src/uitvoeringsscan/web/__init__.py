"""HTML for people; ls shows the roles: public, submitter, agency, coordinator, admin."""
