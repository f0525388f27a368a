extension [Int] {
    /// The length of the longest subsequence that ascends: patience sorting, n log n.
    var longestIncreasingSubsequence: Int {
        // The smallest end of a subsequence of each length.
        var ends: [Int] = []
        ends.reserveCapacity(count)
        for item in self {
            var (low, high) = (0, ends.count)
            while low < high {
                let middle = (low + high) / 2
                if ends[middle] < item { low = middle + 1 } else { high = middle }
            }
            if low == ends.count { ends.append(item) } else { ends[low] = item }
        }
        return ends.count
    }
}
