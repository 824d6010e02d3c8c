#pragma once
// How a customer's mail is written and sent.

#include <optional>
#include <string>
#include <vector>

#include "scenarios/runner/stage.hpp"

namespace casewire::scenarios {

/// By the ending of its name.
std::string media_type_of(const std::string& file);

/// A mail from the customer's address with a Message-ID and date of its own; to nobody yet.
sim::mail::Message mail_written_by(Stage& stage, const std::string& customer, const std::string& text,
                                   const std::vector<std::string>& files);
/// The newest mail that the customer has to do with: what a person answers.
std::optional<sim::mail::Received> newest_mail_of(Stage& stage, const std::string& customer);
std::optional<sim::mail::Received> newest_received_by(Stage& stage, const std::string& customer);
/// The newest whose subject contains `subject`, sent or received.
std::optional<sim::mail::Received> newest_mail_about(Stage& stage, const std::string& customer, const std::string& subject);
/// The same in a mailbox, nobody's in particular.
std::optional<sim::mail::Received> newest_in(const sim::mail::Mailbox& mailbox);
std::optional<sim::mail::Received> newest_about(const sim::mail::Mailbox& mailbox, const std::string& subject);
/// Makes `mail` an answer to `original`: recipients, subject, references, quoted text.
void answer_to(const sim::mail::Received& original, const std::string& own_address, sim::mail::Message& mail);
/// Adds the other recipients of `original` to an answer.
void answer_everybody(const sim::mail::Received& original, const std::string& own_address, sim::mail::Message& mail);
/// Takes from an answer what ties it to its thread but the subject.
void take_thread_headers(sim::mail::Message& mail);
/// Makes `mail` what a mailbox answers to `original` in its owner's absence.
void answer_by_itself(const sim::mail::Received& original, sim::mail::Message& mail);
/// Makes `mail` a new one with `original` below its text.
void forward(const sim::mail::Received& original, sim::mail::Message& mail);
/// A fixture or doc string has the line ends of its file; on the wire a line ends with CR LF.
std::string with_wire_line_ends(std::string_view text);
/// `%message-id%` and `%subject%`, which only a run knows, are those of the newest mail of the customer's mailbox.
std::string with_run_values(Stage& stage, const std::string& customer, std::string text);
/// Puts the mail on the wire and into the sender's own "sent" folder. `rfc5322`: its bytes.
Played send_mail(Stage& stage, const std::string& customer, const sim::mail::Message& message, std::string rfc5322);

}  // namespace casewire::scenarios
