//! The world's own time, and how fast AWS's slow work goes.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use model::Timestamp;

/// A world's clock: the real one, moved and stopped at will.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Clock {
    ahead_ms: i64,
    frozen: Option<Timestamp>,
}

impl Clock {
    /// The world's time when the real clock shows `real`.
    pub fn now(self, real: Timestamp) -> Timestamp {
        self.frozen.unwrap_or(Timestamp::from_millis(real.as_millis().saturating_add(self.ahead_ms)))
    }

    /// Whether time stands still.
    pub fn is_frozen(self) -> bool {
        self.frozen.is_some()
    }

    /// Stops at the present.
    pub fn freeze(&mut self, real: Timestamp) {
        self.frozen = Some(self.now(real));
    }

    /// Goes on from where it stands.
    pub fn resume(&mut self, real: Timestamp) {
        if let Some(at) = self.frozen.take() {
            self.ahead_ms = at.as_millis().saturating_sub(real.as_millis());
        }
    }

    /// Jumps ahead, frozen or not.
    pub fn advance(&mut self, by: Duration) {
        match &mut self.frozen {
            Some(at) => *at = at.after(by),
            None => self.ahead_ms = self.ahead_ms.saturating_add(i64::try_from(by.as_millis()).unwrap_or(i64::MAX)),
        }
    }
}

/// How fast work goes that takes AWS a while.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Pace {
    /// Done before the next request is answered.
    #[default]
    Instant,
    /// So many times as fast as AWS typically is; 1 is AWS's own pace.
    Factor(u32),
}

impl Pace {
    /// How long work lasts that takes AWS `real`.
    pub fn scale(self, real: Duration) -> Duration {
        match self {
            Self::Instant => Duration::ZERO,
            Self::Factor(times) => real / times.max(1),
        }
    }
}

impl fmt::Display for Pace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Instant => f.write_str("instant"),
            Self::Factor(1) => f.write_str("real"),
            Self::Factor(times) => write!(f, "{times}x"),
        }
    }
}

impl FromStr for Pace {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let factor = || text.strip_suffix('x')?.parse().ok().filter(|times| *times > 0).map(Self::Factor);
        match text {
            "instant" => Ok(Self::Instant),
            "real" => Ok(Self::Factor(1)),
            _ => factor().ok_or_else(|| format!("'{text}' is no pace: use instant, real or a factor such as 60x")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freezes_advances_and_goes_on() {
        let at = Timestamp::from_millis;
        let mut clock = Clock::default();
        clock.advance(Duration::from_millis(5));
        assert_eq!(clock.now(at(100)), at(105));
        clock.freeze(at(200));
        clock.advance(Duration::from_millis(10));
        assert_eq!(clock.now(at(900)), at(215));
        clock.resume(at(1000));
        assert_eq!(clock.now(at(1001)), at(216));
    }

    #[test]
    fn paces_are_read_and_written() {
        for text in ["instant", "real", "60x"] {
            assert_eq!(text.parse::<Pace>().unwrap().to_string(), text);
        }
        for wrong in ["", "0x", "fast", "-1x", "60"] {
            assert!(wrong.parse::<Pace>().is_err(), "{wrong}");
        }
        assert_eq!(Pace::Factor(60).scale(Duration::from_mins(1)), Duration::from_secs(1));
    }
}
