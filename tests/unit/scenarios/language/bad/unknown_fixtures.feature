Feature: Orders

  Background:
    Given the org "service-cloud"
    And the customer Dana writes from dana@example.test
    And the rep Ruiz works the queue "Support"

  Scenario: One
    Given the recording "hand-off.har"
    When Dana emails help@acme.test about "Bill" with the file "invoce.pdf" and the file "cat.gif": "See there."
    And Dana sends the mail "order-1183.eml"
