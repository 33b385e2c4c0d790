//! Who is let in: requests to a name of this machine that no page of another origin has caused.

use std::net::IpAddr;

use hyper::Request;
use hyper::header::{HOST, HeaderMap, ORIGIN};

/// Whether the request was sent to a name of this machine. Another name in it means that a foreign page has had its own
/// name point here, to read what only this machine may. A name in the request line counts like the one in `Host`.
pub(super) fn is_own_name<B>(request: &Request<B>, host: &str) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    let (Some(name), None) = (hosts.next(), hosts.next()) else { return false };
    let named = request.uri().authority().map(hyper::http::uri::Authority::as_str);
    name.to_str().is_ok_and(|name| is_own(name, host)) && named.is_none_or(|name| is_own(name, host))
}

fn is_own(name: &str, host: &str) -> bool {
    let Some(name) = host_name(name).map(str::to_ascii_lowercase) else { return false };
    if matches!(name.as_str(), "127.0.0.1" | "localhost" | "::1") {
        return true;
    }
    let loopback = host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    !loopback && (name == host.to_ascii_lowercase() || name.parse::<IpAddr>().is_ok())
}

/// `localhost:4000` and `[::1]:4000` without their ports; none where something else stands beside the name.
fn host_name(host: &str) -> Option<&str> {
    let (name, rest) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').filter(|(name, _)| name.contains(':'))?,
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let port = rest.strip_prefix(':').unwrap_or(rest);
    (rest.len() != port.len() || rest.is_empty()).then_some(())?;
    (!name.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit())).then_some(name)
}

/// Whether the request comes from a page of the preview or from somebody who typed its address. Browsers say so in
/// `Sec-Fetch-Site`, older ones in `Origin`; programs say nothing.
pub(super) fn is_own_page(headers: &HeaderMap) -> bool {
    let site = headers.get_all("sec-fetch-site").iter();
    let mut said = site.map(|site| site.as_bytes() == b"same-origin" || site.as_bytes() == b"none");
    let own = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let mut origins = headers.get_all(ORIGIN).iter().map(|origin| origin.to_str().unwrap_or_default());
    said.all(|own| own)
        && origins.all(|origin| {
            origin.split_once("://").is_some_and(|(scheme, host)| matches!(scheme, "http" | "https") && host == own)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_no_part_of_a_name_and_nothing_else_may_follow_it() {
        for (host, name) in [
            ("localhost:4000", Some("localhost")),
            ("[::1]:4000", Some("::1")),
            ("[::1]", Some("::1")),
            ("127.0.0.1", Some("127.0.0.1")),
            ("localhost:", Some("localhost")),
            ("[::1].evil.example", None),
            ("[::1]evil", None),
            ("[::1", None),
            ("[]", None),
            ("[localhost]", None),
            ("localhost:80.evil.example", None),
            ("localhost:80@evil.example", None),
            ("", None),
            (":80", None),
        ] {
            assert_eq!(host_name(host), name, "{host}");
        }
    }

    #[test]
    fn what_is_answered_to_whom() {
        let all = |name: &str| [is_own(name, "127.0.0.1"), is_own(name, "0.0.0.0"), is_own(name, "isms.example")];
        assert_eq!(all("localhost:80"), [true; 3]);
        assert_eq!(all("192.168.0.1"), [false, true, true]);
        assert_eq!(all("ISMS.example"), [false, false, true]);
        assert_eq!(all("evil.example"), [false; 3]);
        assert_eq!(all("user@localhost"), [false; 3]);
    }
}
