Feature: A reply with a file

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: Files travel both ways
    When Dana emails help@acme.test about "Broken cup" with the file "broken-cup.png": "See the picture."
    And the AI hands off: "Order 1182 arrived broken"
    Then case A opens from opencx with the summary "Order 1182 arrived broken"
    And case A has the file "broken-cup.png"
    When Ruiz replies on case A with the file "return-label.pdf": "Please send it back with this label."
    Then Dana receives "Please send it back with this label." in the same thread from help@acme.test with the file "return-label.pdf"
