//! Golden bytes: `fixtures/protocol/<protocol>/*.http` are requests as clients send them, `*.decoded` is what they are taken for,
//! and `*.answer` is what goes back. In CBOR, bodies are written in hexadecimal. `UPDATE_GOLDENS=1` writes what was found.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response};
use model::organizations::types as organizations;
use model::{ErrorCodes as _, FrontEnd, Refusal, Timestamp, Violation, ds, ds_data, sts};
use wire::{Protocol, Received, Route, Undecodable};
