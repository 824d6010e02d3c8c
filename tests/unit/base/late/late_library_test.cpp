#include "base/late/late_library.hpp"

#include <gmock/gmock.h>

#include "base/late/glib.hpp"

namespace casewire {
namespace {

constinit LateLibrary nowhere{"libnowhere.so.7", "libnowhere7"};
constinit LateFunction<int(int)> nowhere_at_all{nowhere, "nowhere_at_all"};
constinit LateFunction<int(int)> glib_never_had{libglib, "glib_never_had"};

TEST(LateLibrary, IsLoadedByItsFirstCall) {
  EXPECT_EQ(g_unichar_toupper(0x3B1), 0x391u);
  EXPECT_EQ(g_unichar_toupper(0x3B2), 0x392u);
  EXPECT_EQ(libglib.why_missing(), std::nullopt);
}

TEST(LateLibrary, SaysWhatToInstallWhereItIsMissing) {
  EXPECT_THAT(nowhere.why_missing(),
              testing::Optional(std::string("libnowhere.so.7 cannot be loaded: install Debian's package libnowhere7")));
}

TEST(LateLibrary, EndsAProgramThatCallsItAllTheSame) {
  EXPECT_EXIT(nowhere_at_all(1), testing::ExitedWithCode(127), "libnowhere.so.7 cannot be loaded: install");
  EXPECT_EXIT(glib_never_had(1), testing::ExitedWithCode(127), "libglib-2.0.so.0 has no glib_never_had: it is older than");
}

}  // namespace
}  // namespace casewire
