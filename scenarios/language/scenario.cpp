#include "scenarios/language/scenario.hpp"

namespace casewire::scenarios {

std::string render_warning(const Diagnostic& warning, std::string_view source) {
  std::string text = render(warning, source);
  constexpr std::string_view kError = ": error: ";
  if (const std::size_t at = text.find(kError); at != std::string::npos) {
    text.replace(at, kError.size(), ": warning: ");
  }
  return text;
}

}  // namespace casewire::scenarios
