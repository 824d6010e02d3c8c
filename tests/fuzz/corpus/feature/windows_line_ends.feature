Feature: Orders

  Scenario: One
    When 2 secs pass
