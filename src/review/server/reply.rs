//! Answers: what they hold, and the headers that every one of them carries.

use super::Refused;
use crate::locale::Lang;
use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::Response;

/// What a page may load and whom it may talk to: this server alone, nothing inline.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// An answer.
#[derive(Debug)]
pub struct Reply {
    status: StatusCode,
    kind: &'static str,
    body: Vec<u8>,
    location: Option<String>,
    cookies: Vec<String>,
    /// A file name to be saved under.
    download: Option<&'static str>,
    /// Files that ship with the program may be kept by the browser.
    keep: bool,
}

impl Reply {
    fn new(kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self { status: StatusCode::OK, kind, body, location: None, cookies: Vec::new(), download: None, keep: false }
    }

    /// A page.
    pub fn html(page: String) -> Self {
        Self::new("text/html; charset=utf-8", page)
    }

    /// A plain text.
    pub fn text(text: impl Into<Vec<u8>>) -> Self {
        Self::new("text/plain; charset=utf-8", text)
    }

    /// JSON.
    pub fn json(value: &impl serde::Serialize) -> Self {
        Self::new("application/json", serde_json::to_vec(value).unwrap_or_default())
    }

    /// A file that ships with the program.
    pub fn asset(kind: &'static str, content: &'static str) -> Self {
        Self { keep: true, ..Self::new(kind, content) }
    }

    /// A file to be saved.
    pub fn download(kind: &'static str, name: &'static str, content: Vec<u8>) -> Self {
        Self { download: Some(name), ..Self::new(kind, content) }
    }

    /// On to an address of this server.
    pub fn redirect(to: impl Into<String>) -> Self {
        Self { status: StatusCode::SEE_OTHER, location: Some(to.into()), ..Self::new("text/plain; charset=utf-8", "") }
    }

    /// A refusal for programs.
    pub fn refused_json(refused: &Refused, lang: Lang) -> Self {
        let body = serde_json::json!({ "error": refused.code(), "message": refused.say(lang) });
        Self::json(&body).with_status(refused.status())
    }

    /// The same with another status.
    pub fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The same with a cookie; `seconds` 0 takes it away. Only the language's can be read by scripts.
    pub fn with_cookie(mut self, name: &str, value: &str, seconds: u64, hidden: bool) -> Self {
        let hidden = if hidden { "; HttpOnly" } else { "" };
        self.cookies.push(format!("{name}={value}; Path=/; Max-Age={seconds}; SameSite=Strict{hidden}"));
        self
    }

    /// The answer with its headers.
    pub fn into_response(self, https: bool) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        let fixed: [(HeaderName, &'static str); 9] = [
            (header::CONTENT_TYPE, self.kind),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::REFERRER_POLICY, "same-origin"),
            (header::X_FRAME_OPTIONS, "DENY"),
            (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
            (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
            (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
            (header::CACHE_CONTROL, if self.keep { "max-age=300" } else { "no-store" }),
        ];
        for (name, value) in fixed {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if https {
            headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
        }
        if let Some(name) = self.download
            && let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        {
            headers.insert(header::CONTENT_DISPOSITION, value);
        }
        // Addresses are made by this program alone and hold nothing but percent-encoded text.
        if let Some(value) = self.location.and_then(|to| HeaderValue::from_str(&to).ok()) {
            headers.insert(header::LOCATION, value);
        }
        let secure = if https { "; Secure" } else { "" };
        for cookie in self.cookies {
            if let Ok(value) = HeaderValue::from_str(&format!("{cookie}{secure}")) {
                headers.append(header::SET_COOKIE, value);
            }
        }
        response
    }
}
