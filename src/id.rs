//! Identifiers as types, so that a person is never passed where an inquiry is meant.

use serde::{Deserialize, Serialize};
use std::{borrow::Borrow, fmt, sync::Arc};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Arc<str>);

        impl $name {
            /// The identifier as written in the project's tables.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<T: Into<Arc<str>>> From<T> for $name {
            fn from(id: T) -> Self {
                Self(id.into())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

id!(/// A deputy: `people.id`.
    PersonId);
id!(/// Who published a programme: a person's or a party's id.
    OwnerId);
id!(/// A clause of a programme: `promises.id`, or `OWNER-cN` for a clause cut out of a programme text.
    ClauseId);
id!(/// An inquiry: `inquiries.id`.
    InquiryId);
id!(/// A topic of the taxonomy.
    TopicId);

impl From<&PersonId> for OwnerId {
    fn from(person: &PersonId) -> Self {
        Self::from(person.as_str())
    }
}
