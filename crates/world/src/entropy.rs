//! The source of ids: a seed, and one stream per kind of id, so that one more account does not shift every directory's
//! id.

use strum::EnumCount;

/// A kind of id. Its place in this list is part of each draw: a new kind goes to the end, or all ids change.
#[derive(Clone, Copy, Debug, EnumCount, Eq, PartialEq)]
pub enum Stream {
    /// Account numbers.
    Account,
    /// Organizations.
    Organization,
    /// Roots.
    Root,
    /// Organizational units.
    Unit,
    /// Policies.
    Policy,
    /// Handshakes.
    Handshake,
    /// Requests to create an account.
    CreateAccountRequest,
    /// Directories and shared directories.
    Directory,
    /// Role ids and session credentials.
    Session,
    /// Security identifiers and service users of domains.
    Domain,
    /// Facts derived from well-formed ids of other services.
    Network,
    /// Responsibility transfers.
    ResponsibilityTransfer,
    /// Trusts, and what is kept of their passwords.
    Trust,
    /// Domain controllers and their addresses.
    DomainController,
    /// Certificates.
    Certificate,
    /// Assessments.
    Assessment,
    /// Snapshots.
    Snapshot,
    /// Schema extensions.
    SchemaExtension,
}

/// The seeded source. The same seed and the same draws give the same values on every machine.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Entropy {
    seed: u64,
    drawn: [u64; Stream::COUNT],
}

impl Entropy {
    /// A source with that seed.
    pub const fn new(seed: u64) -> Self {
        Self { seed, drawn: [0; Stream::COUNT] }
    }

    /// The next value of a stream.
    pub fn draw(&mut self, stream: Stream) -> u64 {
        let drawn = &mut self.drawn[stream as usize];
        *drawn += 1;
        mix(self.seed ^ mix(stream as u64 + 1) ^ mix(*drawn).rotate_left(17))
    }

    /// `len` characters of `alphabet`.
    pub fn text(&mut self, stream: Stream, alphabet: &[u8], len: usize) -> String {
        let mut pool = 0;
        (0..len)
            .map(|place| {
                // Eight characters from one draw leave at least eight bits to each.
                if place % 8 == 0 {
                    pool = self.draw(stream);
                }
                let letter = alphabet[(pool & 0xff) as usize % alphabet.len()];
                pool >>= 8;
                char::from(letter)
            })
            .collect()
    }

    /// A value that follows from the seed and `of` alone, drawn from no stream.
    pub fn derive(&self, stream: Stream, of: &str) -> u64 {
        of.bytes().fold(mix(self.seed ^ mix(stream as u64 + 1)), |hash, byte| mix(hash ^ u64::from(byte)))
    }
}

/// The finalizer of `SplitMix64` (Steele, Lea, Flood: "Fast splittable pseudorandom number generators").
const fn mix(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ value >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ value >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ value >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_do_not_shift_each_other() {
        let (mut one, mut other) = (Entropy::new(7), Entropy::new(7));
        one.draw(Stream::Account);
        assert_eq!(one.draw(Stream::Directory), other.draw(Stream::Directory));
        assert_ne!(Entropy::new(8).draw(Stream::Directory), Entropy::new(7).draw(Stream::Directory));
    }

    #[test]
    fn texts_use_the_whole_alphabet() {
        let text = Entropy::new(1).text(Stream::Unit, b"ab", 64);
        assert_eq!(text.len(), 64);
        assert!(text.contains('a') && text.contains('b'));
    }
}
