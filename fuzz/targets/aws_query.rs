#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| fuzz::feed(wire::Protocol::AwsQuery, &model::sts::SERVICE, data));
