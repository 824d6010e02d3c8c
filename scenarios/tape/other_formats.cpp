#include "scenarios/tape/other_formats.hpp"

#include <algorithm>
#include <array>

#include "base/text/strings.hpp"

namespace casewire::scenarios {
namespace {

constexpr OtherFormat kCharles{"a session of Charles", "export it as HAR (File, Export Session, HTTP Archive)"};
constexpr OtherFormat kMitmproxy{"a dump of mitmproxy", "save it as HAR (mitmdump -nr FILE --set hardump=tape.har)"};
constexpr OtherFormat kFiddler{"an archive of Fiddler", "export it as HAR (File, Export Sessions, HTTPArchive v1.2)"};
constexpr OtherFormat kPackets{"a capture of packets",
                               "record HAR with a proxy or a browser: what went over TLS cannot be read in it"};
constexpr OtherFormat kNetLog{"a NetLog of Chrome",
                              "record HAR (developer tools, Network, \"Save all as HAR with content\"): a NetLog has no bodies"};
constexpr OtherFormat kTrace{"a trace of Playwright",
                             "record HAR (newContext({recordHar: {path: \"tape.zip\"}})), which has the bodies"};
constexpr OtherFormat kInsomnia{"an export of Insomnia", "export it as HAR (Export, HAR - HTTP Archive Format)"};
constexpr OtherFormat kProxyman{"a session of Proxyman", "export it as HAR"};  // ProxymanApp/Proxyman, discussion 2008
/// Bruno writes no HAR (usebruno/bruno#8485).
constexpr OtherFormat kBruno{"a request of Bruno",
                             "it has no answers; save each answer as a file of its own, or record HAR with a browser or a proxy"};

/// Strings of mitmproxy's own encoding begin with their length.
bool is_of_mitmproxy(std::string_view begin) {
  const std::size_t digits = begin.find_first_not_of("0123456789");
  if (digits == 0 || digits >= begin.size() || begin[digits] != ':') return false;
  constexpr std::array<std::string_view, 3> kMembers{":response;", ":websocket;", ":request;"};
  return std::any_of(kMembers.begin(), kMembers.end(),
                     [&](std::string_view member) { return begin.find(member) != std::string_view::npos; });
}

bool is_of_packets(std::string_view begin) {
  constexpr std::array<std::string_view, 5> kMagic{"\xD4\xC3\xB2\xA1", "\xA1\xB2\xC3\xD4", "\x4D\x3C\xB2\xA1", "\xA1\xB2\x3C\x4D",
                                                   "\x0A\x0D\x0D\x0A"};
  return std::any_of(kMagic.begin(), kMagic.end(), [&](std::string_view magic) { return begin.starts_with(magic); });
}

}  // namespace

std::optional<OtherFormat> other_format(std::string_view file, std::string_view beginning) {
  const std::string_view text = trimmed(beginning);
  const auto has = [&](std::string_view word) { return beginning.find(word) != std::string_view::npos; };
  const std::string name = lowercase(file);
  if ((text.starts_with('[') && has("\"protocolVersion\"") && has("\"scheme\"")) || name.ends_with(".chls")) return kCharles;
  if (is_of_mitmproxy(beginning)) return kMitmproxy;
  if (name.ends_with(".saz")) return kFiddler;
  if (is_of_packets(beginning)) return kPackets;
  if (has("\"__export_format\"") || text.starts_with("type: collection.insomnia.rest")) return kInsomnia;
  if (name.find(".proxyman") != std::string::npos) return kProxyman;  // .proxymanlogv2, .proxymansessionv2
  if (name.ends_with(".bru") && text.starts_with("meta {")) return kBruno;
  if (text.starts_with('{') && has("\"constants\"") && has("\"logEventTypes\"")) return kNetLog;
  if (text.starts_with('{') && has("\"resource-snapshot\"")) return kTrace;
  return std::nullopt;
}

}  // namespace casewire::scenarios
