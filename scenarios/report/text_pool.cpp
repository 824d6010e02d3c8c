#include "scenarios/report/text_pool.hpp"

namespace casewire::scenarios::report {
namespace {

constexpr std::size_t kReferenceBytes = 16;  // a shorter text is no longer than what would stand for it
constexpr char kMark = '\x02';

}  // namespace

void TextPool::take(Json& value) {
  if (value.is_structured()) {
    for (Json& part : value) take(part);
    return;
  }
  if (!value.is_string()) return;
  std::string& text = value.get_ref<std::string&>();
  if (text.size() < kReferenceBytes && !text.starts_with(kMark)) return;
  const auto [known, is_new] = numbers_.try_emplace(text, texts_.size());
  if (is_new) {
    texts_.push_back(&known->first);
    bytes_ += text.size();
  }
  text = kMark + std::to_string(known->second);
}

Json TextPool::texts() const {
  Json all = Json::array();
  for (const std::string* text : texts_) all.push_back(*text);
  return all;
}

}  // namespace casewire::scenarios::report
