/// The standard response processing templates: QTI 3.0, Response Processing Templates.
package enum ResponseTemplate: String, Codable, Sendable, CaseIterable {
    /// 1 for the right value, else 0.
    case matchCorrect = "match_correct"
    /// What the mapping says.
    case mapResponse = "map_response"
    /// What the area mapping says.
    case mapResponsePoint = "map_response_point"
}
