//! What the fuzz targets share: models of any content.

pub mod model;
