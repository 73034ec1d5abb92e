#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::feed(wire::Protocol::RestJson, &model::ds_data::SERVICE, data));
