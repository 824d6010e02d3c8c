Feature: Orders

  Background:

  Scenario: One

  Scenario: Two
    When 1 day passes

  Rule: Nothing
