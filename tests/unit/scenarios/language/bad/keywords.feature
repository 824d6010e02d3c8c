Feature: Orders

  Senario: Misspelt
    Given the org "service-cloud"

  Scenario: One
    Given the org "service-cloud"
    Wenn 1 day passes
    please wait a day

  Scenario:
    When 1 day passes
