#include "base/text/uuid.hpp"

#include <gtest/gtest.h>

#include <string>

namespace casewire {
namespace {

TEST(Uuid, IsTheWholeTextInEitherCase) {
  const std::string id = "741cb601-0f3d-429b-b549-b50ad2ce4e69";
  EXPECT_TRUE(is_uuid(id));
  EXPECT_TRUE(is_uuid("741CB601-0F3D-429B-B549-B50AD2CE4E69"));
  EXPECT_FALSE(is_uuid(""));
  EXPECT_FALSE(is_uuid(id + "0"));
  EXPECT_FALSE(is_uuid(id.substr(1)));
  for (std::size_t i = 0; i < id.size(); ++i) {
    auto other = id;
    other[i] = id[i] == '-' ? 'a' : '-';
    EXPECT_FALSE(is_uuid(other)) << other;
    other[i] = 'g';
    EXPECT_FALSE(is_uuid(other)) << other;
  }
}

}  // namespace
}  // namespace casewire
