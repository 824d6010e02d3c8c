Feature: Orders

  Scenario: One ÿ
    When 2 secs pass
