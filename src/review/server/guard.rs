//! What a request must be before anybody looks at what it asks for: for this host, from this page, not too much, not too often.

use axum::http::{HeaderMap, Method, header};
use std::collections::{BTreeMap, HashMap};
use std::net::IpAddr;
use std::time::Instant;

/// The largest body, in bytes.
pub const LARGEST_BODY: usize = 64 * 1024;

/// The hosts that the server answers to, lower case, with their port.
#[derive(Debug, Clone)]
pub struct Hosts(Vec<String>);

impl Hosts {
    /// The names of the loopback address at `port`, or of `others` as they stand, with and without the port.
    pub fn new(port: u16, others: &[String]) -> Self {
        let local = ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}:{port}"));
        let named = others.iter().flat_map(|host| [host.to_lowercase(), format!("{}:{port}", host.to_lowercase())]);
        Self(local.into_iter().chain(named).collect())
    }

    /// True where the request names exactly one of the hosts. A page of another name that resolves to this machine (DNS
    /// rebinding) names its own.
    pub fn admit(&self, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        host.to_str().is_ok_and(|host| self.0.iter().any(|known| *known == host.to_lowercase()))
    }

    /// True where a writing request comes from a page of this server: by `Origin` where there is one, else by
    /// `Sec-Fetch-Site`. A request with neither comes from no browser of the last years and is let pass only with a bearer token.
    pub fn same_origin(&self, headers: &HeaderMap) -> bool {
        let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let site = headers.get("sec-fetch-site").and_then(|value| value.to_str().ok());
        if site.is_some_and(|site| site != "same-origin") {
            return false;
        }
        match text(header::ORIGIN) {
            Some(origin) => {
                let host = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"));
                host.is_some_and(|host| text(header::HOST).is_some_and(|own| own.eq_ignore_ascii_case(host)))
            }
            None => site.is_some(),
        }
    }
}

/// True for methods that change nothing.
pub fn only_reads(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

/// A value of the `Cookie` header.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name).then_some(value)
    })
}

/// The fields of `a=1&b=%D0%B0`. Of a field given twice the last counts.
pub fn fields(text: &str) -> BTreeMap<String, String> {
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    };
    text.split('&').filter(|pair| !pair.is_empty()).map(pair).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let mut ahead = rest.clone();
                let digits =
                    [ahead.next(), ahead.next()].map(|digit| digit.and_then(|byte| char::from(byte).to_digit(16)));
                if let [Some(high), Some(low)] = digits {
                    rest = ahead;
                    u8::try_from(high * 16 + low).unwrap_or(b'?')
                } else {
                    b'%'
                }
            }
            byte => byte,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// `text` as a value in an address.
pub fn encoded(text: &str) -> String {
    use std::fmt::Write;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// A bucket of permissions that fills at a steady rate.
#[derive(Debug, Clone)]
pub struct Bucket {
    left: f64,
    most: f64,
    a_second: f64,
    at: Instant,
}

impl Bucket {
    /// A full bucket.
    pub fn new(most: f64, a_second: f64, now: Instant) -> Self {
        Self { left: most, most, a_second, at: now }
    }

    fn fill(&mut self, now: Instant) {
        self.left = (self.left + now.duration_since(self.at).as_secs_f64() * self.a_second).min(self.most);
        self.at = now;
    }

    /// True where a permission is left.
    pub fn has_any(&mut self, now: Instant) -> bool {
        self.fill(now);
        self.left >= 1.0
    }

    /// Takes one permission, where there is one.
    pub fn take(&mut self, now: Instant) -> bool {
        let granted = self.has_any(now);
        self.left -= f64::from(u8::from(granted));
        granted
    }
}

/// Most addresses that have a bucket of their own; all others share one.
const MOST_PEERS: usize = 4096;

/// A bucket for each address that asks, so that one who asks too often shuts out nobody else.
#[derive(Debug)]
pub struct Buckets {
    most: f64,
    a_second: f64,
    of: HashMap<IpAddr, Bucket>,
}

impl Buckets {
    /// No buckets yet; each will hold `most` and fill by `a_second`.
    pub fn new(most: f64, a_second: f64) -> Self {
        Self { most, a_second, of: HashMap::new() }
    }

    /// The bucket of `peer`; of IPv6 addresses a network of 64 bits is one.
    pub fn of(&mut self, peer: IpAddr, now: Instant) -> &mut Bucket {
        const SHARED: IpAddr = IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED);
        let network = match peer.to_canonical() {
            IpAddr::V6(address) => IpAddr::V6((address.to_bits() >> 64 << 64).into()),
            address @ IpAddr::V4(_) => address,
        };
        if self.of.len() >= MOST_PEERS && !self.of.contains_key(&network) {
            let most = self.most;
            self.of.retain(|_, bucket| {
                bucket.fill(now);
                bucket.left < most
            });
        }
        let key = if self.of.len() < MOST_PEERS || self.of.contains_key(&network) { network } else { SHARED };
        self.of.entry(key).or_insert_with(|| Bucket::new(self.most, self.a_second, now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().expect("a value"));
        }
        headers
    }

    #[test]
    fn only_the_servers_own_hosts_are_admitted() {
        let hosts = Hosts::new(8000, &["Review.Example.org".to_owned()]);
        let admitted = [
            "127.0.0.1:8000",
            "localhost:8000",
            "LOCALHOST:8000",
            "[::1]:8000",
            "review.example.org",
            "review.example.org:8000",
        ];
        for host in admitted {
            assert!(hosts.admit(&headers(&[("host", host)])), "{host}");
        }
        let refused = [
            "",
            "127.0.0.1",
            "localhost",
            "127.0.0.1:8001",
            "127.0.0.1:8000.",
            "localhost.:8000",
            "evil.example",
            "evil.example:8000",
            "127.0.0.1:8000@evil.example",
            "127.0.0.1:8000, evil.example",
            "0.0.0.0:8000",
            "[::]:8000",
            "127.1:8000",
            "review.example.org.evil.example",
            "xreview.example.org",
            "review.example.org:80",
            " 127.0.0.1:8000x",
            "2130706433:8000",
        ];
        for host in refused {
            assert!(!hosts.admit(&headers(&[("host", host)])), "{host}");
        }
        assert!(!hosts.admit(&headers(&[])));
        assert!(!hosts.admit(&headers(&[("host", "localhost:8000"), ("host", "localhost:8000")])));
    }

    #[test]
    fn a_page_of_another_site_cannot_write() {
        let hosts = Hosts::new(8000, &[]);
        let own = ("host", "localhost:8000");
        for pairs in [
            vec![own, ("origin", "http://localhost:8000")],
            vec![own, ("sec-fetch-site", "same-origin")],
            vec![own, ("origin", "https://localhost:8000"), ("sec-fetch-site", "same-origin")],
        ] {
            assert!(hosts.same_origin(&headers(&pairs)), "{pairs:?}");
        }
        for pairs in [
            vec![own],
            vec![own, ("origin", "null")],
            vec![own, ("origin", "http://evil.example")],
            vec![own, ("origin", "http://localhost:8001")],
            vec![own, ("origin", "http://localhost:8000.evil.example")],
            vec![own, ("sec-fetch-site", "cross-site")],
            vec![own, ("sec-fetch-site", "same-site")],
            vec![own, ("sec-fetch-site", "none")],
            vec![own, ("origin", "http://localhost:8000"), ("sec-fetch-site", "cross-site")],
        ] {
            assert!(!hosts.same_origin(&headers(&pairs)), "{pairs:?}");
        }
    }

    #[test]
    fn fields_are_read_as_browsers_write_them() {
        let read = fields("a=1&b=%D2%9B+%26&c&a=2&d=%zz%4");
        assert_eq!(read["a"], "2");
        assert_eq!(read["b"], "қ &");
        assert_eq!((read["c"].as_str(), read["d"].as_str()), ("", "%zz%4"));
        assert_eq!(fields(&format!("x={}", encoded("қ & = \u{202e}")))["x"], "қ & = \u{202e}");
        assert_eq!(cookie(&headers(&[("cookie", "a=1; saual=xyz")]), "saual"), Some("xyz"));
    }

    #[test]
    fn a_bucket_empties_and_fills() {
        let now = Instant::now();
        let mut bucket = Bucket::new(3.0, 0.5, now);
        assert_eq!([(); 4].map(|()| bucket.take(now)), [true, true, true, false]);
        let later = now + std::time::Duration::from_secs(2);
        assert_eq!([(); 2].map(|()| bucket.take(later)), [true, false]);
    }

    #[test]
    fn every_address_has_its_own_bucket_and_memory_its_bounds() {
        let now = Instant::now();
        let mut buckets = Buckets::new(1.0, 0.0);
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        assert!(buckets.of(address("192.0.2.1"), now).take(now));
        assert!(!buckets.of(address("192.0.2.1"), now).take(now));
        assert!(!buckets.of(address("::ffff:192.0.2.1"), now).take(now), "the same machine");
        assert!(buckets.of(address("2001:db8::1"), now).take(now));
        assert!(!buckets.of(address("2001:db8::2"), now).take(now), "the same network");
        for number in 0..10_000_u32 {
            let _ = buckets.of(IpAddr::V4((0x0a00_0000 + number).into()), now).take(now);
        }
        assert!(buckets.of.len() <= MOST_PEERS + 1);
    }
}
