//! A message as an `.eml` file that a mail program opens as a draft, with what goes with it attached.
//!
//! Outlook opens a file with `X-Unsent: 1` as a draft. The file has no sender and no date: the mail program fills in its own account, and
//! the day on which the message is sent.

use std::borrow::Cow;

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::{BodyPart, MimePart};

use crate::core::hash::sha256_hex;
use crate::message::Message;

/// The media type of `.xlsx` (IANA).
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The same of `.pdf`.
const PDF: &str = "application/pdf";

/// Writes the draft; `attached` is the content of the file that the message names.
///
/// # Errors
///
/// When memory cannot be written to.
pub fn draft(message: &Message, attached: &[u8]) -> std::io::Result<Vec<u8>> {
    // Boundary and id are made from the message, so that the same message gives the same bytes.
    let print = sha256_hex(format!("{}\n{}\n{}", message.key, message.subject, message.text).as_bytes());
    let mut parts =
        vec![MimePart::new(ContentType::new("text/plain").attribute("charset", "utf-8"), message.text.as_str())];
    if !message.attachment.is_empty() {
        let file = BodyPart::Binary(Cow::Borrowed(attached));
        let media_type = if message.attachment.ends_with(".pdf") { PDF } else { XLSX };
        parts.push(MimePart::new(ContentType::new(media_type), file).attachment(message.attachment.as_str()));
    }
    let boundary = format!("jtai-{}", &print[..32]);
    let body = MimePart::new(ContentType::new("multipart/mixed").attribute("boundary", boundary), parts);
    let mut builder = MessageBuilder::new()
        .header("X-Unsent", Raw::new("1"))
        // `.invalid` is reserved (RFC 2606), so the id can never be that of a real host.
        .message_id(format!("{}.{}@jtai.invalid", message.key, &print[..16]))
        // Without a date of ours the builder would take the time of the run; `without_date` removes this one again.
        .date(0_i64)
        .subject(message.subject.as_str())
        .body(body);
    if !message.to.is_empty() {
        let name = Some(message.name.as_str()).filter(|name| !name.is_empty());
        builder = builder.to(Address::new_address(name, message.to.as_str()));
    }
    builder.write_to_vec().map(without_date)
}

/// Removes the date that `mail-builder` puts into every message. The mail program sets the day of sending; a date left in would sort the
/// message under the day on which it was drafted.
fn without_date(message: Vec<u8>) -> Vec<u8> {
    let end = message.windows(4).position(|window| window == b"\r\n\r\n").map_or(message.len(), |at| at + 2);
    let (headers, body) = message.split_at(end);
    let lines = headers.split_inclusive(|byte| *byte == b'\n').filter(|line| !line.starts_with(b"Date:"));
    lines.flatten().chain(body).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_is_unsent_addressed_and_the_same_each_time() {
        let message = Message {
            agency: "Police".into(),
            name: "Renée Sample".into(),
            to: "r@police.example".into(),
            subject: "Children – self-assessment".into(),
            text: "Dear Renée,\n\nhello\n".into(),
            attachment: "police self-assessment.xlsx".into(),
            key: "JT-0000-0000-0.covering".into(),
        };
        let bytes = draft(&message, b"PK\x03\x04").expect("written");
        let text = String::from_utf8(bytes.clone()).expect("ASCII");
        for part in [
            "X-Unsent: 1\r\n",
            "<r@police.example>",
            "Content-Type: multipart/mixed;",
            "boundary=\"jtai-",
            "filename=\"police self-assessment.xlsx\"",
            "UEsDBA==",
        ] {
            assert!(text.contains(part), "no {part:?} in\n{text}");
        }
        assert!(text.is_ascii() && !text.contains("\r\nFrom:") && !text.contains("Date:"));
        assert_eq!(draft(&message, b"PK\x03\x04").expect("written"), bytes);
        let nobody = draft(&Message { to: String::new(), ..message }, b"x").expect("written");
        assert!(!String::from_utf8_lossy(&nobody).contains("\r\nTo:"));
    }
}
