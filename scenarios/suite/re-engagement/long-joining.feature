@promise:case-append @F6 @F72
Feature: A long letter joins the Case whole

  Scenario Outline: <letters>
    Given the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"
    When Dana emails help@acme.test about "Lamp": "It flickers."
    And the AI hands off: "A lamp flickers"
    Then case A opens from opencx with the summary "A lamp flickers"
    When Dana emails help@acme.test about "Chair": "%<letters>%"
    Then case A tells "<first>"
    And case A tells "<last>"
    And Dana has 1 case

    Examples:
      | letters              | first     | last      |
      | 3000 characters      | 000010 xx | 003000 xx |
      | 20000 characters     | 000010 xx | 019990 xx |
      | 5000 wide characters | 000010    | 004990    |
