Feature: Orders

  Scenario Outline: No examples
    When <n> days pass

  Scenario Outline: No rows
    When <n> days pass
    Examples:
      | n |

  Scenario Outlin day passes
    Examples:
      | n |
      | 1 |
    Then 1 day passes

  Background:
    Geature: Orders

  Sce-cloud" |
      | 1    | x    |

  Scenario Outl+ine: Rows
    When <n> pass

    Examples:
      | n      | n |
      | 2 d      | 3 hrs 
      | open
