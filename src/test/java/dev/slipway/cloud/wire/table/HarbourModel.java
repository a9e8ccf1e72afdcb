package dev.slipway.cloud.wire.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A small model of a service that AWS has not. */
public final class HarbourModel {
    /** As AWS would publish it. */
    public static final String MODEL = """
            {
              "metadata": {"serviceFullName": "AWS Harbour", "serviceId": "Harbour Front", "apiVersion": "2026-01-01",
                           "endpointPrefix": "harbour", "uid": "harbour-2026-01-01", "protocol": "json"},
              "operations": {
                "MoorShip": {"input": {"shape": "MoorShipRequest"}, "output": {"shape": "Mooring"}, "documentation": "<p>Moors.</p>",
                             "errors": [{"shape": "NoBerth"}]},
                "ListBerths": {"input": {"shape": "Free"}},
                "Ping": {}
              },
              "shapes": {
                "MoorShipRequest": {
                  "type": "structure",
                  "required": ["Name", "Cargo"],
                  "members": {
                    "Name": {"shape": "ShipName"},
                    "Cargo": {"shape": "Text", "documentation": "<p>What it carries.</p>", "deprecated": true},
                    "Kind": {"shape": "Kind"},
                    "Crew": {"shape": "Crew"},
                    "Papers": {"shape": "Papers"},
                    "Note": {"shape": "Text"},
                    "Again": {"shape": "MoorShipRequest"}
                  }
                },
                "Free": {"type": "structure", "members": {"Note": {"shape": "Text"}}},
                "Mooring": {"type": "structure", "members": {"Since": {"shape": "Moment"}}},
                "Moment": {"type": "timestamp"},
                "ShipName": {"type": "string", "min": 1, "max": 64, "pattern": "[a-z ]+", "sensitive": true},
                "Text": {"type": "string", "pattern": ".*"},
                "Kind": {"type": "string", "enum": ["TUG", "FERRY"]},
                "Crew": {"type": "list", "min": 1, "member": {"shape": "ShipName"}},
                "Papers": {"type": "map", "max": 9, "key": {"shape": "Kind"}, "value": {"shape": "Text"}},
                "NoBerth": {"type": "structure", "exception": true, "members": {"message": {"shape": "Text"}},
                            "error": {"code": "NoBerthFree", "httpStatusCode": 409, "senderFault": true}},
                "Storm": {"type": "structure", "exception": true, "fault": true, "members": {}},
                "Refused": {"type": "structure", "exception": true, "members": {}}
              }
            }
            """;

    private HarbourModel() {}

    public static ObjectNode read() throws JsonProcessingException {
        return (ObjectNode) new ObjectMapper().readTree(MODEL);
    }
}
