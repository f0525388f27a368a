/// The names that may stand in a place, and what to tell someone who wrote another.
package struct Names {
    let all: [String]

    package init(_ all: [String]) { self.all = all }

    /// `'slotz' is not a setting of a pool; did you mean 'slots'?`
    package func refusal(of wrong: String, as title: String) -> String {
        "\(shown(wrong)) is not \(title); \(suggestion(for: wrong) ?? list)"
    }

    /// `nil` when no name is near.
    func suggestion(for wrong: String) -> String? {
        let near = all.map { (name: $0, distance: distance($0.lowercased(), wrong.lowercased())) }
            .filter { $0.distance <= max(1, $0.name.count / 3) && $0.distance < wrong.count }
            .min { $0.distance < $1.distance }
        return near.map { "did you mean '\($0.name)'?" }
    }

    private var list: String {
        guard let last = all.last else { return "remove it." }
        guard all.count > 1 else { return "use \(last)." }
        return "use \(all.dropLast().joined(separator: ", ")) or \(last)."
    }
}

/// A name from the file as a message may show it: one with unusual letters may be a value, even a password, that got to
/// a name's place by a wrong quote.
package func shown(_ name: String) -> String {
    let isPlain = name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: false
        }
    }
    return isPlain && (1...64).contains(name.utf8.count) ? "'\(name)'" : "this name"
}

/// How many letters must be inserted, removed, replaced or swapped with their neighbour to turn one text into the other
/// (Damerau's distance in its restricted form).
private func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.utf8.prefix(64)), right = Array(right.utf8.prefix(64))
    var rows = [Array(0...right.count)]
    for i in left.indices {
        var row = [i + 1]
        for j in right.indices {
            let replaced = rows[i][j] + (left[i] == right[j] ? 0 : 1)
            var least = min(replaced, rows[i][j + 1] + 1, row[j] + 1)
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                least = min(least, rows[i - 1][j - 1] + 1)
            }
            row.append(least)
        }
        rows.append(row)
    }
    return rows[left.count][right.count]
}
