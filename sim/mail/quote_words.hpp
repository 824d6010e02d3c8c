#pragma once
// The words by which mail programs announce what they quote, language by language. Lines come with their blanks folded.

#include <string_view>

namespace casewire::sim::mail {

/// "wrote", "schrieb", "a écrit" ... somewhere in the line.
bool says_wrote(std::string_view line);
/// The line begins as attributions do: "On ", "Am ", "Le ", a weekday ...
bool opens_attribution(std::string_view line);

enum class HeaderLabel { none, from, date, other };
/// Of a line such as "From: Help <help@acme.test>" or "*Gesendet:* Montag".
HeaderLabel header_label(std::string_view line);

/// "-----Original Message-----", "----------- Ursprüngliche Nachricht -----------".
bool announces_original(std::string_view line);

enum class SubjectPrefix { none, answer, forward };
/// Of a subject: the outermost of "Re:", "AW:", "Fwd:", "WG:", "RE[2]:" ...
SubjectPrefix prefix_of_subject(std::string_view subject);

}  // namespace casewire::sim::mail
