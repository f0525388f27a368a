import Jobs

extension LimitRule: SettingsSection {
    static let title = "a setting of a limit"
    static let keys = ["concurrency", "rate", "burst", "by"]

    init() { self.init(concurrency: nil) }

    mutating func read(_ object: SettingsObject) {
        concurrency = object.integer("concurrency", in: 1...Limit.most)
        rate = Self.rate(of: object)
        by = Self.path(of: object)
        if object.members["concurrency"] == nil, object.members["rate"] == nil {
            object.refuse(nil, "this limit allows everything; write 'concurrency', 'rate' or both.")
        }
    }

    private static func rate(of object: SettingsObject) -> Rate? {
        let burst = object.integer("burst", in: Rate.counts)
        guard let text = object.text("rate") else {
            if object.members["rate"] == nil, object.members["burst"] != nil {
                object.refuse("burst", "'burst' has no meaning without a 'rate'; add one, or remove it.")
            }
            return nil
        }
        guard let rate = Rate(text, burst: burst) else {
            let most = DurationText.format(Rate.periods.upperBound)
            object.refuse(
                "rate",
                """
                'rate' is no number of jobs in a time; write 1 to \(Rate.counts.upperBound), a slash and a time up to \(most), \
                such as "100/1m".
                """)
            return nil
        }
        return rate
    }

    private static func path(of object: SettingsObject) -> [String] {
        guard let text = object.text("by") else { return [] }
        let keys = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard text.utf8.count <= 100, keys.allSatisfy({ !$0.isEmpty }) else {
            object.refuse("by", "'by' is no field of a payload; write its name, or a path such as \"tenant.id\".")
            return []
        }
        return keys
    }
}
