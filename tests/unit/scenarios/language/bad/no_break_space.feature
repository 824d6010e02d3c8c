Feature: What looks like a blank

  Scenario: Copied from a word processor
    Given the customer Dana writes from dana@example.test
    When Dana emails help@acme.test about "A": "A no-break space inside a text is text"
    Then Dana has 0 cases
