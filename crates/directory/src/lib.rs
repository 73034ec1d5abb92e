//! AWS Directory Service and Directory Service Data: one file per resource.
