Feature: Orders

  Scenario: One
    When 1 day passes

  Scenario: One
    When 2 days pass

  Scenario Outline: Two
    When <n> days pass

    Examples:
      | n |
      | 2 |
      | 2 |
