//! Who reviews, and on what terms: beside the decisions, in the same file. Tokens are kept as Argon2id hashes alone.

use super::{Store, StoreError};
use crate::review::decision::Role;
use crate::review::queue::{Blind, Member, Terms};
use argon2::Argon2;
use rusqlite::{OptionalExtension, Row, params};
use std::fmt::Write;

/// A named reviewer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Account {
    /// The name: a pseudonym will do.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Regions of deputies whose inquiries they are dealt; none: all.
    pub regions: Vec<String>,
    /// False once revoked. Their decisions stay.
    pub active: bool,
    /// The half of the token that is no secret: another one means that the token was given anew.
    #[serde(skip)]
    pub token: String,
}

/// Whose a token says that it is, before anybody has looked whether that is so.
#[derive(Debug)]
pub struct Claim {
    account: Option<Account>,
    hash: String,
    secret: String,
}

impl Claim {
    /// The account, where the secret is right. Takes tens of milliseconds and no store: nobody waits behind it.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] for a secret that cannot be hashed.
    pub fn proven(self) -> Result<Option<Account>, StoreError> {
        let salt = self.hash.split('$').nth(1).unwrap_or(NO_SALT);
        let right = same(&hashed(&self.secret, salt)?, &self.hash);
        Ok(self.account.filter(|_| right))
    }
}

/// The salt of nobody's hash.
const NO_SALT: &str = "0000000000000000";

/// `bytes` random bytes in hexadecimal digits.
///
/// # Errors
/// [`StoreError::File`] where the system gives none.
pub fn random_hex(bytes: usize) -> Result<String, StoreError> {
    let mut random = vec![0_u8; bytes];
    getrandom::fill(&mut random).map_err(|error| StoreError::File {
        path: "getrandom".into(),
        source: std::io::Error::other(error.to_string()),
    })?;
    Ok(hex(&random))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// How tokens are hashed, as it stands before every hash.
const ARGON2: &str = "argon2id-19456-2-1";

/// Argon2id (RFC 9106) with the crate's defaults, 19 MiB and two passes, as OWASP advises.
fn hashed(secret: &str, salt: &str) -> Result<String, StoreError> {
    let mut out = [0_u8; 32];
    let done = Argon2::default().hash_password_into(secret.as_bytes(), salt.as_bytes(), &mut out);
    done.map_err(|_| StoreError::Invalid { what: "token" })?;
    Ok(format!("{ARGON2}${salt}${}", hex(&out)))
}

/// True for equal texts, in a time that does not tell where they differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |sum, (a, b)| sum | (a ^ b)) == 0
}

/// An account from `name, role, regions, active, token`.
fn account(row: &Row<'_>) -> rusqlite::Result<Account> {
    let regions: String = row.get(2)?;
    let role: String = row.get(1)?;
    Ok(Account {
        name: row.get(0)?,
        role: if role == Role::Lead.code() { Role::Lead } else { Role::Reviewer },
        regions: regions.lines().map(ToOwned::to_owned).collect(),
        active: row.get(3)?,
        token: row.get(4)?,
    })
}

impl Store {
    /// Adds a reviewer, or gives one a new token. Gives the token: it is not kept and cannot be shown again.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] for a name that is empty, too long or holds control characters.
    pub fn add_reviewer(&mut self, name: &str, role: Role, regions: &[String]) -> Result<String, StoreError> {
        let fine = !name.trim().is_empty() && name.chars().count() <= 80 && !name.chars().any(char::is_control);
        if !fine {
            return Err(StoreError::Invalid { what: "name" });
        }
        let (id, secret) = (random_hex(4)?, random_hex(16)?);
        let hash = hashed(&secret, &random_hex(8)?)?;
        let regions = regions.join("\n");
        self.connection.execute(
            "INSERT INTO reviewers (name, role, regions, token, hash, active) VALUES (?1, ?2, ?3, ?4, ?5, 1)
             ON CONFLICT (name) DO UPDATE SET role = ?2, regions = ?3, token = ?4, hash = ?5, active = 1",
            params![name, role.code(), regions, id, hash],
        )?;
        Ok(format!("{id}.{secret}"))
    }

    /// Ends a reviewer's access. `false` where there is nobody of that name.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn revoke_reviewer(&mut self, name: &str) -> Result<bool, StoreError> {
        Ok(self.connection.execute("UPDATE reviewers SET active = 0 WHERE name = ?1", [name])? > 0)
    }

    /// All reviewers by name.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn reviewers(&self) -> Result<Vec<Account>, StoreError> {
        let mut statement =
            self.connection.prepare("SELECT name, role, regions, active, token FROM reviewers ORDER BY name")?;
        let rows = statement.query_map([], account)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Whose a token says that it is; `None` for what has not the form of one.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn claim(&self, token: &str) -> Result<Option<Claim>, StoreError> {
        let Some((id, secret)) = token.trim().split_once('.') else { return Ok(None) };
        let sql = "SELECT name, role, regions, active, token, hash FROM reviewers WHERE token = ?1 AND active = 1";
        let found = self.connection.query_row(sql, [id], |row| Ok((account(row)?, row.get(5)?))).optional()?;
        // An unknown id costs what a known one costs.
        let (account, hash) =
            found.map_or_else(|| (None, format!("{ARGON2}${NO_SALT}$")), |(account, hash)| (Some(account), hash));
        Ok(Some(Claim { account, hash, secret: secret.to_owned() }))
    }

    /// A setting.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn setting(&self, name: &str) -> Result<Option<String>, StoreError> {
        let sql = "SELECT value FROM settings WHERE name = ?1";
        Ok(self.connection.query_row(sql, [name], |row| row.get(0)).optional()?)
    }

    /// Keeps a setting.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2";
        self.connection.execute(sql, [name, value])?;
        Ok(())
    }

    /// The terms on which the work is dealt out: the reviewers and the settings `double`, `sample`, `blind`.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn terms(&self) -> Result<Terms, StoreError> {
        let percent = |name: &str, otherwise: u8| -> Result<u8, StoreError> {
            let kept = self.setting(name)?.and_then(|text| text.parse::<u8>().ok());
            Ok(kept.map_or(otherwise, |percent| percent.min(100)))
        };
        let blind = self.setting("blind")?;
        let blind = Blind::ALL.into_iter().find(|(code, _)| blind.as_deref() == Some(*code));
        let reviewers = self.reviewers()?.into_iter().filter(|account| account.active);
        Ok(Terms {
            reviewers: reviewers.map(|account| Member { name: account.name, regions: account.regions }).collect(),
            double_percent: percent("double", 20)?,
            sample_percent: percent("sample", 2)?,
            blind: blind.map_or(Blind::Double, |(_, blind)| blind),
        })
    }

    /// Keeps the shares and the blindness of `terms`.
    ///
    /// # Errors
    /// [`StoreError::Sqlite`]
    pub fn set_terms(&mut self, terms: &Terms) -> Result<(), StoreError> {
        self.set("double", &terms.double_percent.to_string())?;
        self.set("sample", &terms.sample_percent.to_string())?;
        self.set("blind", terms.blind.code())
    }
}
