#include "base/http/content_coding.hpp"

#include <algorithm>

#include "base/http/body_decoder.hpp"
#include "base/text/strings.hpp"

namespace casewire::http {
namespace {

using Outcome = BodyDecoder::Outcome;

std::optional<std::string> without(BodyDecoder::Coding coding, std::string_view coded, std::size_t bytes_max) {
  if (coding == BodyDecoder::Coding::unknown) return std::nullopt;
  BodyDecoder decoder(coding, bytes_max);
  const bool is_whole = decoder.append(coded) == Outcome::good && decoder.finish() == Outcome::good;
  return is_whole ? std::optional(decoder.take()) : std::nullopt;
}

}  // namespace

std::optional<std::string> uncoded(const Headers& headers, std::string_view body, std::size_t bytes_max) {
  constexpr std::size_t kCodingsMax = 4;  // who puts on more wants to be a bomb
  std::string names;
  for (const Header& header : headers) {
    if (equals_ignoring_case(header.name, "content-encoding")) names += (names.empty() ? "" : ",") + header.value;
  }
  auto codings = split(names, ',');
  const bool is_coded = std::any_of(codings.begin(), codings.end(), [](std::string_view name) {
    return BodyDecoder::coding_named(name) != BodyDecoder::Coding::identity;
  });
  if (!is_coded || body.empty() || codings.size() > kCodingsMax) return std::nullopt;
  std::optional<std::string> plain(body);
  for (auto coding = codings.rbegin(); plain && coding != codings.rend(); ++coding)
    plain = without(BodyDecoder::coding_named(*coding), *plain, bytes_max);
  return plain;
}

}  // namespace casewire::http
