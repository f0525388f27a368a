internal import RedisClient

extension ClaimedJob {
    /// The fields of an entry that we know: where they stand in the answer, and what the numbers among them say.
    struct Fields {
        // Empty when absent.
        private(set) var type = 0..<0
        private(set) var args = 0..<0
        private(set) var token = 0..<0
        private(set) var trace = 0..<0
        private(set) var input = 0..<0
        private(set) var batch = 0..<0
        private(set) var callback = 0..<0
        private(set) var hasLinks = false
        private(set) var attempt = 1
        private(set) var crashes = 0
        /// In the entry's id: it was written then.
        let readyMilliseconds: Int
        private(set) var enqueuedMilliseconds: Int
        private(set) var expiresMilliseconds = 0
        private(set) var scheduledForMilliseconds = 0
        private(set) var isTracked = false
        /// Something waits for its end that Redis must be told of in words of its own.
        private(set) var endsAlone = false

        init(_ list: RedisValue, entry: ArraySlice<UInt8>) {
            readyMilliseconds = Self.number(entry.prefix { $0 != UInt8(ascii: "-") })
            enqueuedMilliseconds = readyMilliseconds
            var elements = list.elements
            while let name = elements.next()?.bytes, let value = elements.next()?.bytes { note(name, value) }
        }

        private mutating func note(_ name: ArraySlice<UInt8>, _ value: ArraySlice<UInt8>) {
            let range = value.startIndex..<value.endIndex
            switch name.count {
            case 4 where name.is("type"): type = range
            case 4 where name.is("args"): args = range
            case 2 where name.is("id"): token = range
            case 5 where name.is("trace"): trace = range
            case 5 where name.is("track"):
                isTracked = true
                endsAlone = true
            case 6 where name.is("unique"): endsAlone = true
            case 5 where name.is("batch"):
                batch = range
                endsAlone = true
            case 4 where name.is("then"):
                hasLinks = true
                endsAlone = true
            case 5 where name.is("input"): input = range
            case 8 where name.is("callback"): callback = range
            case 7 where name.is("expires"): expiresMilliseconds = Self.number(value)
            case 7 where name.is("crashes"): crashes = Self.count(value)
            case 7 where name.is("attempt"): attempt = max(1, Self.count(value))
            case 8 where name.is("enqueued"): enqueuedMilliseconds = Self.number(value)
            case 13 where name.is("scheduled_for"): scheduledForMilliseconds = Self.number(value)
            default: break
            }
        }

        /// A number that can be one of a counter, as the functions in Redis read it; 0 for anything else.
        private static func count(_ digits: ArraySlice<UInt8>) -> Int {
            let number = number(digits)
            return number <= 1_000_000_000 ? number : 0
        }

        /// The number that these digits write; 0 for anything else.
        private static func number(_ digits: ArraySlice<UInt8>) -> Int {
            var number = 0
            for digit in digits {
                guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit), number < Int.max / 100 else { return 0 }
                number = number * 10 + Int(digit - UInt8(ascii: "0"))
            }
            return number
        }
    }
}

extension ArraySlice<UInt8> {
    fileprivate func `is`(_ text: StaticString) -> Bool {
        elementsEqual(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
