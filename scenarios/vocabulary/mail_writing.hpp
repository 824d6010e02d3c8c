#pragma once
// How a customer's mail is written and sent.

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
/// Makes `mail` an answer to `original`: recipients, subject, references, quoted text.
void answer_to(const sim::mail::Received& original, const std::string& own_address, sim::mail::Message& mail);
/// Puts the mail on the wire and into the sender's own "sent" folder. `rfc5322`: its bytes.
Played send_mail(Stage& stage, const std::string& customer, const sim::mail::Message& message, std::string rfc5322);

}  // namespace casewire::scenarios
