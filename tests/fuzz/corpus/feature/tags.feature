@good bad @ @two@once
Feature: Orders

  @no
  Background:
    Given the org "service-cloud"

  Scenario: One
    @no-step
    When 1 day passes

  @last
