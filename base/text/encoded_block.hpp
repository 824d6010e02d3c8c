#pragma once
// What stands in a text in base64 or hexadecimal digits and is text itself, so that who looks for words finds them there too.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace casewire {

struct EncodedBlock {
  std::size_t begin = 0, end = 0;
  enum class Code { base64, base64url, hex } code = Code::base64;
  std::string decoded{};
};

/// Each run, also over the line ends of mail, that decodes to something that people or programs read.
std::vector<EncodedBlock> encoded_blocks(std::string_view text);

/// Another text encoded as that block was written: its line ends, its padding and the case of its digits.
std::string encoded_like(std::string_view block, EncodedBlock::Code code, std::string_view text);

}  // namespace casewire
