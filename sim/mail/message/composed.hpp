#pragma once
// One spelling for letters with marks: some programs write an umlaut as one character, some as its letter and two dots.

#include <string>

namespace casewire::sim::mail {

/// Normalisation Form C (Unicode Standard Annex 15). What is no UTF-8 stays as it is.
std::string composed(std::string text);

}  // namespace casewire::sim::mail
