Feature: Orders

  Scenario Outline: No examples
    When <n> days pass

  Scenario Outline: No rows
    When <n> days pass
    Examples:
      | n |

  Scenario Outline: Unknown and unused columns
    When <days> day passes and
    And <dais> days pass

    Examples:
      | days | note |
      | 1    | x    |

  Scenario Outline: Rows
    When <n> pass

    Examples:
      | n      | n |
      | 2 days | 2 |

    Examples:
      | n       |
      | 2 days  |
      | 2 weeks |
      | 3 hrs   |
      | a | b |
      | open
