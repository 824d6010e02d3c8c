Feature: Orders
Feature: More orders

  Given the org "service-cloud"

  Examples:
    | n |

  Scenario: One
    When 1 day passes
    Examples:
      | n |
      | 1 |
    Then 1 day passes

  Background:
    Given the org "service-cloud"
