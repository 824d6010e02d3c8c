@f
Feature: Orders
  Background:
    Given the customer Dana writes from dana@example.test
    * the rep Ruiz works the queue "Support"
  Rule: R
    Scenario Outline: Two
      Given the bridge crashes after its <nth> call
      When Dana emails help@acme.test about "a \" b":
        ```text/plain
        <nth> <b>x</b>
        ```
      Then Dana has 0 cases

      @e
      Examples:
        | nth |
        | 1st |
        | 2nd |
