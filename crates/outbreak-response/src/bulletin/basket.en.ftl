system-basket = The basket: buying, delivery and prices
basket-supply = Packets needed today: { $needed }; delivered or allocated: { $filled }. Natural villages without a purchaser: { $villages }; price alerts: { $alerts }; complaints: { $complaints }.
basket-all-met = Every need of the day is met.
