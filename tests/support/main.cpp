// The main function of every test program. GoogleTest ends with 0 where a test was skipped, and who only looks at the end takes that for passed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

int main(int argc, char** argv) {
  constexpr int kSkipped = 77;  // as automake has it; cmake/TestSuites.cmake tells ctest
  testing::InitGoogleMock(&argc, argv);
  const int code = RUN_ALL_TESTS();
  return code == 0 && testing::UnitTest::GetInstance()->skipped_test_count() > 0 ? kSkipped : code;
}
