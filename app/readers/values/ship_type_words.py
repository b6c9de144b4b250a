"""Words for ship types of the common sources, by AIS code (ITU-R M.1371-5, table 53).

Sources: type lists of MarineTraffic, VesselFinder, the Danish authority, MarineCadastre, Equasis, IHS
StatCode 5 and Global Fishing Watch. Words are parted by semicolons and folded when they are read
(`words.table_of`).
"""

from __future__ import annotations

ROWS: dict[int, str] = {
    20: "wig;wing in ground;wing in ground effect",
    30: "fishing;fishing vessel;fishing boat;fisher;fishing ship;commercial fishing vessel;fishery;trawler;"
    "stern trawler;beam trawler;side trawler;pair trawler;shrimp trawler;factory trawler;"
    "stern factory trawler;factory stern trawler;trawling;longliner;long liner;drifting longline;"
    "set longline;longline;squid jigger;jigger;squid jigging;purse seiner;purse seine;seiner;tuna seiner;"
    "tuna purse seine;other purse seine;danish seiner;gillnetter;gill netter;set gillnet;driftnetter;"
    "pole and line;pole and line vessel;troller;trap setter;pot and trap;potter;crabber;crab boat;"
    "dredge fishing;fixed gear;set gear;other fishing;other seine;driftnet;fish factory;"
    "fish factory ship;factory ship;fish processing;fish processing vessel;whale catcher;kelp dredger;"
    "bait boat;tuna longliner;fishing support vessel;fish farm support vessel",
    31: "towing;towing vessel;tow;towboat;pushboat;pusher tug;pusher;tow boat;articulated pusher tug",
    32: "towing long wide;towing length exceed 200m or breadth exceed 25m;towing large;large tow",
    33: "dredging;dredger;dredging or underwater op;dredging or underwater operation;hopper dredger;"
    "suction dredger;trailing suction hopper dredger;suction hopper dredger;cutter suction dredger;"
    "bucket dredger;grab dredger;grab hopper dredger;bucket ladder dredger;backhoe dredger;dredge;"
    "dredging underwater op;sand suction dredger;hopper motor",
    34: "diving;diving op;dive vessel;diving support vessel;diving vessel;diving operation;diving support",
    35: "military;military op;military operation;naval;navy;naval vessel;warship;naval ship;navy ship;"
    "naval naval auxiliary;naval auxiliary;logistic naval vessel;naval auxiliary tanker;combat vessel;"
    "frigate;destroyer;corvette;submarine;aircraft carrier;mine hunter;minesweeper;"
    "mine countermeasure vessel;landing ship;troopship;naval patrol vessel;public vessel unclassified",
    36: "sailing;sailing vessel;sail;sailing ship;sailing yacht;sailboat;tall ship;sailing boat",
    37: "pleasure;pleasure craft;yacht;motor yacht;recreational;recreational vessel;leisure;"
    "pleasure craft sailing;pleasure vessel;pleasure boat;houseboat;leisure vessel;pleasure yacht",
    40: "hsc;high speed craft;high speed;hovercraft;hydrofoil;fast ferry;high speed ferry;fast craft;"
    "crew boat;high speed vessel;crew transfer vessel",
    50: "pilot;pilot vessel;pilot boat;pilot ship;pilotage",
    51: "sar;search and rescue;search and rescue vessel;rescue vessel;sar vessel;lifeboat;rescue boat;"
    "salvage rescue vessel;search rescue;salvage vessel;salvage ship",
    52: "tug;tugboat;tug boat;tug tow;tug tow vessel;harbour tug;harbor tug;ocean tug;salvage tug;"
    "tractor tug;escort tug;tug supply vessel;anchor handling tug supply;anchor handling tug;"
    "anchor handling vessel;ahts;tug anchor handling;offshore tug supply ship;anchor handler;"
    "special craft tug;tug supply",
    53: "port tender;tender;harbour tender;boat tender;mooring vessel;line handler;mooring boat;work boat;"
    "workboat;port vessel",
    54: "anti pollution;anti pollution equipment;vessel with anti pollution facility;"
    "pollution control vessel;oil recovery vessel;oil recovery;pollution control;anti pollution vessel",
    55: "fishery patrol;law enforcement;law enforcement vessel;law enforce;law enforcement ship;"
    "patrol vessel;patrol;patrol boat;coast guard;police;police boat;customs vessel;patrol ship;"
    "coastguard;customs;police vessel",
    56: "local vessel;spare local vessel",
    58: "medical;medical transport;medical tran;hospital;hospital ship;hospital vessel",
    59: "resolution 18;not party to conflict;noncombatant;ship not party to an armed conflict;"
    "ship according to rr resolution no 18",
    60: "passenger;passenger ship;passenger vessel;ferry;cruise;cruise ship;cruise liner;passenger ferry;"
    "passenger inspected;passenger uninspected;passenger barge inspected;passenger barge uninspected;"
    "ro ro passenger ship;passenger ro ro cargo ship;passenger ro ro;ropax;ro pax;ro ro passenger;"
    "passenger ro ro ship;passenger ro ro cargo;passenger general cargo ship;passenger general cargo;"
    "passenger cargo ship;passenger cruise;passenger landing craft;inland passenger;train ferry;"
    "car ferry;vehicle passenger ferry;passenger ship inland waterway;water taxi;excursion vessel",
    70: "cargo;cargo ship;cargo vessel;general cargo;general cargo ship;general cargo vessel;bulk carrier;"
    "bulk;bulker;dry bulk;bulk dry;ore carrier;bulk oil carrier;ore oil carrier;ore bulk oil carrier;obo;"
    "obo carrier;self discharging bulk carrier;other bulk carrier;cement carrier;wood chip carrier;"
    "limestone carrier;aggregate carrier;capesize;panamax bulk carrier;handysize bulk carrier;container;"
    "container ship;containership;container carrier;container vessel;fully cellular container ship;"
    "reefer;reefer ship;refrigerated cargo;refrigerated cargo ship;specialized reefer;cargo or reefer;"
    "container reefer;refrigerated cargo carrier;carrier;fish carrier;live fish carrier;well boat;"
    "fish tender;ro ro;roro;ro ro cargo;ro ro cargo ship;ro ro ship;ro ro vessel;vehicle carrier;"
    "car carrier;pctc;pcc;pure car carrier;deck cargo;deck cargo ship;palletised cargo ship;"
    "livestock carrier;heavy load carrier;heavy lift;heavy lift vessel;heavy lift ship;"
    "semi submersible heavy load carrier;barge carrier;nuclear fuel carrier;multi purpose;"
    "multipurpose vessel;multi purpose carrier;multi purpose ship;mpp;coaster;landing craft;freighter;"
    "freight ship;freight barge;public freight;pallet carrier;timber carrier;dry cargo;"
    "dry cargo passenger;other dry cargo;inland cargo;inland freighter;barge;cargo barge;"
    "deck cargo barge;bulk cargo barge;stone carrier;freight vessel;lash;container ro ro cargo ship;"
    "general dry cargo;cargo containership;hopper barge",
    80: "tanker;tank ship;tankship;oil tanker;crude oil tanker;crude tanker;crude;vlcc;ulcc;suezmax;aframax;"
    "product tanker;oil product tanker;crude oil product tanker;chemical tanker;oil chemical tanker;"
    "chemical product tanker;chemical oil product tanker;chemical oil tanker;chemical oil product;"
    "lpg tanker;lpg carrier;lpg;lng tanker;lng carrier;lng;gas tanker;gas carrier;liquefied gas;"
    "liquefied gas tanker;liquefied gas carrier;lpg chemical tanker;co2 tanker;ethylene carrier;"
    "combination gas tanker;bunkering tanker;bunker tanker;bunker vessel;bunkering vessel;bunker;"
    "bunker barge;bunker or tanker;lng bunkering vessel;asphalt bitumen tanker;asphalt tanker;"
    "bitumen tanker;vegetable oil tanker;edible oil tanker;water tanker;wine tanker;molasse tanker;"
    "fruit juice tanker;fruit juice carrier;other liquid tanker;other liquid;shuttle tanker;fso;fpso;"
    "fso oil;fpso oil;floating storage production;floating storage;floating storage offloading;fsu;"
    "storage tanker;inland tanker;tank barge;tanker barge;oil barge;public tankship barge;chemical;oil;"
    "caustic soda tanker;sulphur tanker;coal oil mixture tanker;fso gas;fpso gas;frsu;fsru;motor tanker;"
    "chemical carrier;tanker oil;tanker product;tanker lpg;tanker lng",
    90: "fishery research vessel;fishery research;pontoon;other;other type;other vessel;other ship;offshore;"
    "offshore supply ship;offshore supply vessel;offshore support vessel;platform supply ship;"
    "platform supply vessel;psv;supply vessel;supply ship;standby safety vessel;offshore vessel;"
    "offshore processing ship;research;research vessel;research survey vessel;survey vessel;"
    "research ship;survey;seismic vessel;seismic;hydrographic survey vessel;geophysical survey vessel;"
    "weather ship;scientific;cable layer;cable laying;cable ship;pipe layer;pipe laying vessel;"
    "pipelay vessel;buoy laying vessel;buoy tender;buoy lighthouse vessel;lighthouse tender;"
    "drilling ship;drill ship;drilling rig;drilling platform;jack up;jack up rig;modu;"
    "mobile offshore drilling unit;platform;construction vessel;crane ship;crane vessel;crane barge;"
    "floating crane;sheerleg;derrick;pile driving vessel;icebreaker;ice breaker;training ship;"
    "training vessel;school ship;fire fighting vessel;fire fighting ship;fireboat;utility vessel;"
    "maintenance vessel;industrial vessel;miscellaneous;miscellaneous vessel;exhibition ship;museum ship;"
    "accommodation vessel;accommodation ship;accommodation platform;mission ship;radio ship;support;"
    "support vessel;multi purpose offshore vessel;offshore construction vessel;well stimulation vessel;"
    "work platform;waste disposal vessel;incinerator;effluent carrier;trenching vessel;mining vessel;"
    "wind turbine installation vessel;service vessel;non fishing;non merchant;non seagoing merchant;"
    "light vessel;pontoon crane;floating dock;floating dry dock;unspecified vessel",
}
