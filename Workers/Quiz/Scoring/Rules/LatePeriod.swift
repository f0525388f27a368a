/// What lateness is counted in.
package enum LatePeriod: String, Codable, Sendable, CaseIterable {
    case hour, day

    var seconds: Int { self == .hour ? 3600 : 86_400 }
}
